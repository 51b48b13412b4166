"""Who is there and what he may do, where the page is served to others than the people at this computer."""
