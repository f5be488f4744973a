"use strict";
// Starts the documentation page. A file of its own, because the page's policy allows no inline script.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: "none", // the default would send the document to a server on the internet
  tryItOutEnabled: true,
});
