//! hyper on Tokio, one thread. Called as `bench-hyper PORT FOLDER ROUTES`.

mod api;
mod replies;
mod sockets;

use std::{convert::Infallible, net::Ipv4Addr, rc::Rc};

use hyper::{body::Incoming, server::conn::http1, service::service_fn, Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use replies::Body;
use tokio::{net::TcpListener, task::LocalSet};

struct Site {
    folder: String,
    api: api::Api,
}

impl Site {
    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let path = request.uri().path();
        match (request.method(), path) {
            (&Method::GET, "/json") => replies::hello(),
            (&Method::POST, "/readings") => replies::readings(request).await,
            (&Method::GET, "/events") => replies::events(),
            (&Method::GET, "/ws") => sockets::echo(request),
            (&Method::GET, path) if path.starts_with("/static/") => {
                replies::file(&self.folder, &path["/static/".len()..]).await
            }
            _ => self.api.answer(&request),
        }
    }
}

async fn serve(port: u16, site: Rc<Site>) -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let site = site.clone();
        let service = service_fn(move |request| {
            let site = site.clone();
            async move { Ok::<_, Infallible>(site.answer(request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        tokio::task::spawn_local(connection);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, folder, routes] = &arguments[..] else {
        return Err("usage: bench-hyper PORT FOLDER ROUTES".into());
    };
    let site = Rc::new(Site {
        folder: folder.clone(),
        api: api::Api::read(routes)?,
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, serve(port.parse()?, site))?;
    Ok(())
}
