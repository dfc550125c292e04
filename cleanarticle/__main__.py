"""`python -m cleanarticle`."""

from cleanarticle.cli import main

main()
