"""Settings, command line and wiring: the only place that knows everybody."""
