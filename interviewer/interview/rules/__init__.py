"""The director's rules, one matter a module: each looks at the moment and may name the move."""
