"""How many slips the checks find, how often they name the wrong number, and how often they mend it."""
