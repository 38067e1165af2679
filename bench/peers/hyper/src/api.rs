//! The table of routes, and the middleware around it.

use std::collections::HashMap;

use hyper::{
    body::Incoming,
    header::{self, HeaderValue},
    Method, Request, Response, StatusCode,
};
use matchit::Router;

use crate::replies::{json, refusal, Body};

const TOKEN: &str = "Bearer 0123456789abcdef";
const ORIGINS: [&str; 2] = ["https://panel.example", "https://a.example"];

#[derive(serde::Serialize)]
struct Sensor<'a> {
    id: i32,
    name: &'a str,
    celsius: f64,
}

/// A router for each method.
pub struct Api(HashMap<Method, Router<()>>);

impl Api {
    /// Reads a file with lines such as `GET /api/sensors/<int:id>`.
    pub fn read(file: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let mut routers = HashMap::new();
        for line in std::fs::read_to_string(file)?.lines() {
            let (method, path) = line.split_once(' ').ok_or("a route without method")?;
            let pattern = path
                .replace("<int:", "{")
                .replace('<', "{")
                .replace('>', "}");
            let router: &mut Router<()> = routers.entry(method.parse()?).or_default();
            router.insert(pattern, ())?;
        }
        Ok(Self(routers))
    }

    pub fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        let found = self
            .0
            .get(request.method())
            .map(|router| router.at(request.uri().path()));
        let Some(Ok(route)) = found else {
            return refusal(StatusCode::NOT_FOUND, "Not Found");
        };
        let id = route.params.get("id").map_or(Ok(0), str::parse);
        with_security(with_cors(
            request,
            with_bearer(request, || match id {
                Ok(id) => json(&Sensor {
                    id,
                    name: "roof",
                    celsius: 21.5,
                }),
                Err(_) => refusal(StatusCode::NOT_FOUND, "Not Found"),
            }),
        ))
    }
}

fn with_security(mut response: Response<Body>) -> Response<Body> {
    let fields = response.headers_mut();
    fields.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    fields.insert(
        header::X_FRAME_OPTIONS,
        HeaderValue::from_static("SAMEORIGIN"),
    );
    fields.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}

fn with_cors(request: &Request<Incoming>, mut response: Response<Body>) -> Response<Body> {
    let fields = response.headers_mut();
    fields.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = request.headers().get(header::ORIGIN) {
        if ORIGINS.iter().any(|known| *known == origin) {
            fields.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
    }
    response
}

fn with_bearer(
    request: &Request<Incoming>,
    handler: impl FnOnce() -> Response<Body>,
) -> Response<Body> {
    if request
        .headers()
        .get(header::AUTHORIZATION)
        .is_some_and(|given| given == TOKEN)
    {
        return handler();
    }
    let mut response = refusal(StatusCode::UNAUTHORIZED, "Unauthorized");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}
