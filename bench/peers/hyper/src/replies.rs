//! What the routes besides the table's answer.

use std::convert::Infallible;

use futures_util::stream;
use http_body_util::{combinators::UnsyncBoxBody, BodyExt, Full, StreamBody};
use hyper::{
    body::{Bytes, Frame, Incoming},
    header::CONTENT_TYPE,
    Request, Response, StatusCode,
};
use serde::{Deserialize, Serialize};

pub type Body = UnsyncBoxBody<Bytes, Infallible>;

const EVENTS: u32 = 1000;
const EVENT: &str = "data: {\"message\": \"Hello\"}\n\n";

#[derive(Serialize)]
struct Message<'a> {
    message: &'a str,
}

#[derive(Serialize)]
struct Refusal<'a> {
    error: &'a str,
}

#[derive(Deserialize)]
#[allow(
    dead_code,
    reason = "typed as the other servers do it, though only one field is used"
)]
struct Reading {
    sensor: String,
    celsius: f64,
    humidity: i32,
    at: i32,
    valid: bool,
}

#[derive(Deserialize)]
#[allow(
    dead_code,
    reason = "typed as the other servers do it, though only two fields are used"
)]
struct Batch {
    device: String,
    sequence: i32,
    readings: Vec<Reading>,
}

#[derive(Serialize)]
struct Summary {
    device: String,
    readings: usize,
    warmest: f64,
}

pub fn full(content: impl Into<Bytes>) -> Body {
    Full::new(content.into()).boxed_unsync()
}

fn reply(status: StatusCode, content_type: &str, body: Body) -> Response<Body> {
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, content_type);
    response.body(body).expect("the fields are well-formed")
}

fn json_with(status: StatusCode, value: &impl Serialize) -> Response<Body> {
    let content = serde_json::to_vec(value).expect("the value can be written");
    reply(status, "application/json", full(content))
}

pub fn json(value: &impl Serialize) -> Response<Body> {
    json_with(StatusCode::OK, value)
}

pub fn refusal(status: StatusCode, error: &str) -> Response<Body> {
    json_with(status, &Refusal { error })
}

pub fn hello() -> Response<Body> {
    json(&Message { message: "Hello" })
}

pub async fn readings(request: Request<Incoming>) -> Response<Body> {
    let Ok(content) = request.into_body().collect().await else {
        return refusal(StatusCode::BAD_REQUEST, "no content");
    };
    match serde_json::from_slice::<Batch>(&content.to_bytes()) {
        Err(error) => refusal(StatusCode::BAD_REQUEST, &error.to_string()),
        Ok(batch) => json(&Summary {
            readings: batch.readings.len(),
            warmest: batch
                .readings
                .iter()
                .fold(0.0, |most, reading| reading.celsius.max(most)),
            device: batch.device,
        }),
    }
}

pub async fn file(folder: &str, name: &str) -> Response<Body> {
    if name.contains('/') || name.starts_with('.') {
        return refusal(StatusCode::NOT_FOUND, "Not Found");
    }
    match tokio::fs::read(format!("{folder}/{name}")).await {
        Ok(content) => reply(StatusCode::OK, "text/html; charset=utf-8", full(content)),
        Err(_) => refusal(StatusCode::NOT_FOUND, "Not Found"),
    }
}

pub fn events() -> Response<Body> {
    let event = |_| Ok::<_, Infallible>(Frame::data(Bytes::from_static(EVENT.as_bytes())));
    let events = stream::iter((0..EVENTS).map(event));
    reply(
        StatusCode::OK,
        "text/event-stream",
        StreamBody::new(events).boxed_unsync(),
    )
}
