"""The JSON endpoints under /sandbox: what the page and the tests see and do.

The docstring of `sandbox.discord` lists them.
"""
