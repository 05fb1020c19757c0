"""The app: it draws what the service returns and decides nothing."""
