"""What measures the product. `make bench` runs every module here whose name begins with no underscore."""
