#!/usr/bin/env bash
# The browser of the conformance runs: follows the redirect to the client's callback, as a person's browser would after the
# consent page.
# Cookies are kept while it follows: consent pages need them.
curl -sSL -b '' "$1" >/dev/null 2>&1 &
