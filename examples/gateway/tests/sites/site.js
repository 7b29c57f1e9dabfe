// A site with a login, that sets _ga from the server as a tag manager would.
const express = require('express');
const session = require('express-session');

const app = express();
app.use(session({ name: 'session', secret: 'test', resave: false, saveUninitialized: false }));
app.use((request, response, next) => {
  response.cookie('_ga', 'GA1.1.1', { maxAge: 400 * 24 * 3600 * 1000 });
  next();
});
app.get('/', (request, response) => {
  response.send(`Hello ${request.session.user ?? 'visitor'}`);
});
app.post('/login', (request, response) => {
  request.session.user = 'Ada';
  response.cookie('cart_1234567', 'x');
  response.redirect(303, '/');
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
