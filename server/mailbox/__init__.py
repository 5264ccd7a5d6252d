"""The mailbox of development: a real SMTP server that keeps every letter to itself, and a page to read them on.

`python -m server.mailbox` listens where SMTP_URL points and shows the letters on MAILBOX_PORT. It sends nothing on, and
does not start in production.
"""
