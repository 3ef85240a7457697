// Uploads a file with tus-js-client and tells what happens, one JSON object a line.
//
//   node upload.mjs <endpoint> <file> <store> [--cut=BYTES,BYTES…] [--die=BYTES]
//
// The token is in TOKEN. <store> is where the client remembers unfinished uploads. After each of
// --cut so many bytes have gone out, the connection is reset under the client, which is expected to
// go on by itself; after --die the process kills itself with SIGKILL.
import { createReadStream } from 'node:fs'
import http from 'node:http'
import * as tus from 'tus-js-client'

const [endpoint, file, store, ...options] = process.argv.slice(2)
const numbers = (name) =>
  options
    .filter((option) => option.startsWith(`--${name}=`))
    .flatMap((option) => option.slice(name.length + 3).split(',').map(Number))
const cuts = numbers('cut')
const [die = Infinity] = numbers('die')
const tell = (event) => console.log(JSON.stringify(event))

let sent = 0

class CuttingAgent extends http.Agent {
  createConnection(...parameters) {
    const socket = super.createConnection(...parameters)
    const write = socket.write
    socket.write = function (chunk, ...rest) {
      const goesOn = write.call(this, chunk, ...rest)
      sent += chunk.length
      if (sent >= die) {
        process.kill(process.pid, 'SIGKILL')
      }
      if (sent >= cuts[0]) {
        cuts.shift()
        tell({ event: 'cut', sent })
        socket.resetAndDestroy()
      }
      return goesOn
    }
    return socket
  }
}

const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  headers: { Authorization: `Bearer ${process.env.TOKEN}` },
  metadata: { filename: 'film.bin' },
  retryDelays: [100, 200, 400, 800, 1600, 3200],
  urlStorage: new tus.FileUrlStorage(store),
  removeFingerprintOnSuccess: true,
  httpStack: new tus.DefaultHttpStack({ agent: new CuttingAgent({ keepAlive: true }) }),
  onAfterResponse: (request, response) =>
    tell({
      event: 'answer',
      method: request.getMethod(),
      status: response.getStatus(),
      offset: Number(response.getHeader('Upload-Offset') ?? -1),
    }),
  onError: (error) => {
    tell({ event: 'failed', message: String(error) })
    process.exit(1)
  },
  onSuccess: () => {
    tell({ event: 'done', url: upload.url })
    process.exit(0)
  },
})

const [previous] = await upload.findPreviousUploads()
if (previous) {
  upload.resumeFromPreviousUpload(previous)
}
upload.start()
