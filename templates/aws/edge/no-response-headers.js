// Behind viewer-response.js, where no operation changes headers of its answers.

// biome-ignore lint/correctness/noUnusedVariables: viewer-response.js calls it.
function withChanges(_request, response) {
  return response;
}
