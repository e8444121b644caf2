"""Tables of facts about characters and words, and the script that builds them."""
