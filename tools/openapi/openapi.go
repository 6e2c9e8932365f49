// Package openapi holds one test: that the simulator of Vipps answers as Vipps' own
// OpenAPI files say. It is a module of its own so that the program does not depend
// on an OpenAPI library.
package openapi
