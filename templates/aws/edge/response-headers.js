// Behind viewer-response.js, where an operation changes headers of its answers or shares them with pages.

// Headers as the operation that serves the path changes them; answers of the gateway itself are only shared.
// biome-ignore lint/correctness/noUnusedVariables: viewer-response.js calls it.
function withChanges(request, response, ofBackend) {
  const changes = changesOf(request);
  if (!changes) return response;
  if (ofBackend) change(response, changes);
  return changes.cors ? shared(request, response, changes.cors) : response;
}

function change(response, changes) {
  const headers = response.headers;
  changes.remove.forEach((name) => {
    delete headers[name];
  });
  changes.set.forEach((pair) => {
    headers[pair[0]] = { value: pair[1] };
  });
  changes.add.forEach((pair) => {
    append(response, pair[0], pair[1]);
  });
}

// The first template that matches decides. A preflight is answered by API Gateway.
function changesOf(request) {
  const site = own(data.hosts, nameOfHost(request.headers.host), -1);
  if (site === -1) return undefined;
  const first = data.templates[site].find((one) => new RegExp(one[0]).test(request.uri));
  const usual = request.method === 'OPTIONS' ? -1 : data.usual[site];
  return data.changes[first ? own(first[1], request.method, usual) : usual];
}

// Which pages may read the answer (Fetch standard): origins are compared character by character.
function shared(request, response, cors) {
  const headers = response.headers;
  ['origin', 'credentials'].forEach((name) => {
    delete headers[`access-control-allow-${name}`];
  });
  delete headers['access-control-expose-headers'];
  const any = cors.origins[0] === '*';
  if (!any) append(response, 'vary', 'Origin');
  const origins = valuesOf(request, 'origin');
  if (origins.length !== 1 || (!any && cors.origins.indexOf(origins[0]) === -1)) return response;
  headers['access-control-allow-origin'] = { value: any ? '*' : origins[0] };
  if (cors.credentials) headers['access-control-allow-credentials'] = { value: 'true' };
  if (cors.expose !== '') headers['access-control-expose-headers'] = { value: cors.expose };
  return response;
}

function append(response, name, value) {
  const values = valuesOf(response, name).concat([value]);
  response.headers[name] = { value: values[0] };
  if (values.length > 1) response.headers[name].multiValue = values.map((one) => ({ value: one }));
}
