"""The office's own sign-in (OIDC), stricter than the library: every ID token is checked by its signature, its nonce and its issuer.

The library trusts what came over the direct connection; an office's gateway may open that connection, so Luoshi does not.
"""

import hashlib
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
WELL_KNOWN = "/.well-known/"


def nonce_of(verifier: str) -> str:
    """The nonce of a sign-in, made of its PKCE verifier: both are known to this session alone, and one does not tell the other."""
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


class OfficeSignIn(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth is not typed
    """One sign-in: what the server says of itself, the token, who it is."""

    _verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the server publishes. Raises OAuth2Error where it calls itself otherwise than the setting does."""
        try:
            told: dict[str, Any] = super().openid_config
        except requests.RequestException as error:
            raise OAuth2Error("the server does not answer") from error
        expected = self.get_provider().app.settings["server_url"].partition(WELL_KNOWN)[0]
        if str(told.get("issuer", "")).rstrip("/") != expected.rstrip("/"):
            raise OAuth2Error("the issuer is another than the setting oidc_server")
        return told

    def get_access_token_data(self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None) -> Any:
        """The tokens; the verifier is kept for the nonce."""
        self._verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        """Who it is: by the ID token, which has to be there, and by what the server says of the same person."""
        told = kwargs["response"].get("id_token")
        if not told:
            raise OAuth2Error("no ID token")
        claims = self._decode_id_token(app, told)
        userinfo = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else claims
        if userinfo.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo of another person")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo, "id_token": claims})

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims of a token that this server signed for this client in this sign-in. Raises OAuth2Error."""
        try:
            header = jwt.get_unverified_header(id_token)
            with get_adapter().get_requests_session() as session:
                answer = session.get(self.openid_config["jwks_uri"])
                answer.raise_for_status()
                keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            key = next((one for one in keys if one.key_id == header.get("kid") and one.algorithm_name in SIGNATURES), None)
            if key is None:
                raise OAuth2Error("signed by an unknown key")
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=[key.algorithm_name],
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=60,
                options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("Invalid id_token") from error
        if not self._verifier or claims["nonce"] != nonce_of(self._verifier):
            raise OAuth2Error("a token of another sign-in")
        return claims


class OfficeProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The server of the setting ``oidc_server``: always with PKCE and a nonce."""

    oauth2_adapter_class = OfficeSignIn

    def get_pkce_params(self) -> dict[str, str]:
        """The challenge and, made of the same secret, the nonce."""
        told: dict[str, str] = generate_code_challenge()
        return told | {"nonce": nonce_of(told["code_verifier"])}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """None that come with the address of the button."""
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Those of the settings."""
        return list(self.get_scope())
