"""Microdot on CPython. Called as `server.py PORT FOLDER ROUTES`."""

import sys

from microdot import Microdot, Request, abort, send_file
from microdot.cors import CORS
from microdot.sse import with_sse
from microdot.websocket import with_websocket

port, folder, routes_file = sys.argv[1:]

EVENTS = 1000
TOKEN = 'Bearer 0123456789abcdef'

Request.max_content_length = 64 * 1024
Request.max_body_length = 64 * 1024

app = Microdot()


@app.get('/json')
async def hello(request):
    return {'message': 'Hello'}


def is_reading(reading):
    return (isinstance(reading['sensor'], str) and isinstance(reading['celsius'], (int, float))
            and isinstance(reading['humidity'], int) and isinstance(reading['at'], int)
            and isinstance(reading['valid'], bool))


@app.post('/readings')
async def readings(request):
    batch = request.json
    if not isinstance(batch['device'], str) or not all(map(is_reading, batch['readings'])):
        abort(400)
    return {
        'device': batch['device'],
        'readings': len(batch['readings']),
        'warmest': max(reading['celsius'] for reading in batch['readings']),
    }


@app.get('/static/<path:name>')
async def static(request, name):
    if '/' in name or name.startswith('.'):
        abort(404)
    return send_file(f'{folder}/{name}', content_type='text/html; charset=utf-8')


@app.get('/events')
@with_sse
async def events(request, sse):
    for _ in range(EVENTS):
        await sse.send('{"message": "Hello"}')


@app.get('/ws')
@with_websocket
async def echo(request, ws):
    while True:
        await ws.send(await ws.receive())


api = Microdot()


@api.before_request
async def bearer(request):
    if request.headers.get('Authorization') != TOKEN:
        return {'error': 'Unauthorized'}, 401, {'WWW-Authenticate': 'Bearer'}


@api.after_request
async def security(request, response):
    response.headers['X-Content-Type-Options'] = 'nosniff'
    response.headers['X-Frame-Options'] = 'SAMEORIGIN'
    response.headers['Referrer-Policy'] = 'no-referrer'


async def sensor(request, id=0, **others):
    return {'id': id, 'name': 'roof', 'celsius': 21.5}


with open(routes_file) as lines:
    for line in lines:
        method, pattern = line.split()
        api.route(pattern, methods=[method])(sensor)

app.mount(api, local=True)
cors = CORS(allowed_origins=['https://panel.example', 'https://a.example'])
api.after_request(cors.after_request)
app.run(host='127.0.0.1', port=int(port))
