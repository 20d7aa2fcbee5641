"""What every endpoint of the API shares: problem details, bodies, sign-in, repeats, pages, documentation.

Lies in the lowest layer, so that each app's `api.py` may use it. It knows no endpoint.
"""
