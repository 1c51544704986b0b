"""`python -m bulletin`: the same as the command."""

import sys

from bulletin.cli import main

sys.exit(main())
