"""`python -m uncramp` is `uncramp`."""

from uncramp.start import main

if __name__ == "__main__":
    raise SystemExit(main())
