// Package sdk is Postman's collection SDK as scripts see it: pm.request, pm.response, pm.cookies and
// require('postman-collection'), written in Go over goja.
//
// Objects hold their state in ordinary JavaScript properties, named and ordered as in the SDK, so that
// scripts may read, patch and compare them as they are used to. Methods are Go functions on prototypes
// that are made once for each runtime and only when first needed; they do not go through prototypes or
// globals that a script may have patched. Requests and responses are built part by part when touched.
//
// Behaviour is that of postman-collection 4.4 and chai-postman 2.0, recorded from the real thing by the
// scripts in testdata. Nothing here reads a file, the network, the clock or the environment by itself.
package sdk
