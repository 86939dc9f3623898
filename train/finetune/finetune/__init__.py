"""Trains, distils, exports and evaluates the models of semrel."""
