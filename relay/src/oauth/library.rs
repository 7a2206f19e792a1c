//! The `oauth2` crate's types with the one field more that an OpenID provider's answer has, and its way to the network.

use std::pin::Pin;

use oauth2::{
    AsyncHttpClient, EndpointMaybeSet, EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest,
    HttpResponse, RequestTokenError, StandardErrorResponse, StandardRevocableToken, StandardTokenResponse,
    basic::{
        BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse,
        BasicTokenIntrospectionResponse, BasicTokenType,
    },
};
use probe::{CallError, Engine};
use serde::{Deserialize, Serialize};

use super::{ALLOWANCE, NoToken};

/// The ID token beside the access token.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct IdToken {
    #[serde(default)]
    pub id_token: Option<String>,
}

impl std::fmt::Debug for IdToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdToken")
    }
}

impl ExtraTokenFields for IdToken {}

/// What a token endpoint answers.
pub(super) type Answer = StandardTokenResponse<IdToken, BasicTokenType>;

/// A client that knows where to go.
pub(super) type Library = oauth2::Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointMaybeSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointSet,
>;

/// What went wrong, without the answer itself: there may be a token in it.
pub(super) fn no_token<E: std::error::Error + 'static>(
    error: RequestTokenError<E, StandardErrorResponse<BasicErrorResponseType>>,
) -> NoToken {
    match error {
        RequestTokenError::ServerResponse(said) => {
            NoToken::refused(said.error().as_ref(), said.error_description().map(String::as_str))
        }
        RequestTokenError::Request(_) => NoToken::Unreachable,
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            NoToken::Unusable("its answer to the code")
        }
    }
}

/// HTTP for the library, through the egress policy.
pub(crate) struct Http<'e>(pub &'e Engine);

impl<'c> AsyncHttpClient<'c> for Http<'_> {
    type Error = CallError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, CallError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.0.call(request, ALLOWANCE))
    }
}
