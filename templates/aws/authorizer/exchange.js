/*
 * Questions to other servers. Redirects are not followed: an answer comes from the address that the gateway names.
 */

/**
 * A promise of {status, bytes}; rejects without an answer in time, and for a body above `maximumBytes`. options: of
 * Node's `request` (method, headers, and how TLS is verified).
 */
export async function exchange(url, { body, timeoutMs, maximumBytes, ...options }) {
  try {
    return await send(url, body, timeoutMs, maximumBytes, options);
  } catch (error) {
    // A connection that was kept open from an earlier question may have ended meanwhile.
    if (error.isReused !== true) throw error;
    return send(url, body, timeoutMs, maximumBytes, options);
  }
}

function send(url, body, timeoutMs, maximumBytes, options) {
  const { request } = require(url.startsWith('http:') ? 'node:http' : 'node:https');
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (answer) => {
      const chunks = [];
      let size = 0;
      answer.on('data', (chunk) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maximumBytes) asked.destroy(new Error('the answer is too long'));
      });
      answer.on('end', () => resolve({ status: answer.statusCode, bytes: Buffer.concat(chunks) }));
      answer.on('error', reject);
    });
    const timer = setTimeout(() => asked.destroy(new Error('there is no answer in time')), timeoutMs);
    asked.on('close', () => clearTimeout(timer));
    asked.on('error', (error) => {
      error.isReused = asked.reusedSocket && error.code === 'ECONNRESET';
      reject(error);
    });
    asked.end(body);
  });
}
