"""Every page's answer as JSON, under the page's own address with .json behind its path: what the API answers there."""

from __future__ import annotations

from flask import Blueprint

from webapp.calls import CALLS
from webapp.views import api

blueprint = Blueprint("twins", __name__)

for call in CALLS:
    if call.page:
        methods = ["GET", "POST"] if call.by_form else ["GET"]
        blueprint.add_url_rule(f"{call.page}.json", call.name, getattr(api, call.name), methods=methods)
