// Package transport sends one request and returns one answer.
//
// Prepare turns a resolved request into what goes on the wire: the encoded URL, the header lines in newman's
// order, a body that can be sent more than once. Do sends it, follows redirects, keeps cookies, and reads the
// answer whole.
//
// HTTP/1.1 is spoken by this package itself, because the wire must show what the user wrote: names of headers
// as they stand in the file, lines in their order, request targets without normalisation, a Content-Length of
// the user's own. net/http allows none of these. HTTP/2 is net/http's.
//
// The packages below hold the parts: target (the URL), content (bodies), http1 (what is read off the wire), proxy,
// certificate, cipher, and failure: every failure of a request is a *failure.Error whose Code and Message are those
// that Node and newman show.
package transport
