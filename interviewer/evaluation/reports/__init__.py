"""What an evaluation leaves behind: one folder of files for people, for programs and for CI."""
