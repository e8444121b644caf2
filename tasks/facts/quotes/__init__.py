"""What is said in quotation marks, and by whom."""
