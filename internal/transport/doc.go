// Package transport sends one request and returns one response.
//
// Prepare turns a resolved request into what is sent: the encoded URL, the header lines in
// newman's order, a body that can be sent more than once. Do sends it, follows redirects,
// keeps cookies, and reads the response whole.
//
// HTTP/1.1 is implemented by this package itself, because the wire must show what the user
// wrote: names of headers as they are in the file, lines in their order, request targets
// without normalisation, a Content-Length of the user's own. net/http allows none of these.
// HTTP/2 is net/http's.
//
// The packages below contain the parts: target (the URL), content (bodies), http1 (what is
// read from the wire), proxy, certificate, cipher, and failure: every failure of a request is
// a *failure.Error whose Code and Message are those that Node and newman show.
//
// Connections are pooled by everything that distinguishes them (pool.go). A request that must
// not be sent twice, such as a payment, only gets a pooled connection that the server very
// probably has not closed, and is repeated only if the server cannot have read it (conn.go).
package transport
