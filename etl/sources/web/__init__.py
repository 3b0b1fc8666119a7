"""The network: addresses that may be asked, and answers within their limits."""

from etl.sources.web.fetching import Answer, FetchError, Limits, Web

__all__ = ["Answer", "FetchError", "Limits", "Web"]
