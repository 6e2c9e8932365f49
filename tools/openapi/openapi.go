// Package openapi holds one test: that the simulator of Vipps answers as Vipps' own
// OpenAPI files say, by Posthaste's contract and by an OpenAPI library, which have to
// agree about every answer. It is a module of its own so that the program does not
// depend on that library.
package openapi
