//! WebSockets.

use futures_util::{SinkExt, StreamExt};
use hyper::{body::Incoming, Request, Response, StatusCode};
use hyper_tungstenite::{
    tungstenite::{protocol::WebSocketConfig, Error},
    HyperWebsocket,
};

use crate::replies::{full, refusal, Body};

const READ_BUFFER_BYTES: usize = 8 * 1024;

async fn echo_messages(websocket: HyperWebsocket) -> Result<(), Error> {
    let mut websocket = websocket.await?;
    while let Some(message) = websocket.next().await {
        let message = message?;
        if message.is_text() || message.is_binary() {
            websocket.send(message).await?;
        }
    }
    Ok(())
}

pub fn echo(mut request: Request<Incoming>) -> Response<Body> {
    // Its default, 128 KiB, is cleared for each read.
    let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER_BYTES);
    match hyper_tungstenite::upgrade(&mut request, Some(config)) {
        Err(error) => refusal(StatusCode::BAD_REQUEST, &error.to_string()),
        Ok((response, websocket)) => {
            tokio::task::spawn_local(echo_messages(websocket));
            response.map(|body| full(body.into_inner().unwrap_or_default()))
        }
    }
}
