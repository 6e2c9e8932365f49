// Package engine is the JavaScript engine as the sandbox uses it: one goja runtime with an event loop,
// limits, Postman's script wrapper, a strict JSON parser and error texts as V8 words them.
//
// It knows nothing of pm. A Realm belongs to one goroutine at a time; only Loop.Post and the interrupt that a
// context brings may come from others. A Cache may be shared by any number of realms.
package engine
