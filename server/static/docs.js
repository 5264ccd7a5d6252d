// Shows /openapi.json. No validator badge: it would send the document's address to a foreign host.
"use strict";
window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  validatorUrl: null,
  persistAuthorization: false,
  displayOperationId: true,
  tryItOutEnabled: false,
});
