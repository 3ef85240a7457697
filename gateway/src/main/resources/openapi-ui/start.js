SwaggerUIBundle({
  url: "/openapi",
  dom_id: "#api",
  deepLinking: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
});
