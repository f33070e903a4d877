"""How skill is measured: item models, ability, mastery and the figures that vouch for them."""
