"""Opens the browser app: `python app.py`, the same as `interviewer serve`."""

import sys


def main() -> None:
    """Open the app on the loopback, or say in one line what is missing."""
    try:
        from interviewer.__main__ import main as run

        for name in ("gradio", "fastapi", "sqlalchemy", "chromadb", "pydantic"):
            if __import__("importlib.util").util.find_spec(name) is None:
                raise ModuleNotFoundError(name=name)
    except ModuleNotFoundError as missing:
        sys.exit(
            f"The package {missing.name} is not installed: run `make setup`, or "
            "`pip install --require-hashes --no-deps -r requirements.lock`."
        )
    run(["serve", *sys.argv[1:]])


if __name__ == "__main__":
    main()
