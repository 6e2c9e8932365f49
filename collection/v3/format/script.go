package format

import "strings"

// A ScriptType is one of the format's script types, which say the protocol at collections and folders, and only
// there.
type ScriptType struct {
	Name     string // as a request's script says it
	Protocol string // "http", "graphql" or "grpc"
	Listen   string // the event of the model, "" for one that does not run
}

// ScriptTypes lists them all.
func ScriptTypes() []ScriptType {
	return []ScriptType{
		{"beforeRequest", "http", "prerequest"},
		{"afterResponse", "http", "test"},
		{"beforeQuery", "graphql", "prerequest"},
		{"afterResponse", "graphql", "test"},
		{"beforeInvoke", "grpc", ""},
		{"onIncomingMessage", "grpc", ""},
		{"afterResponse", "grpc", ""},
	}
}

// ProtocolOf returns the protocol of a kind of request; "" is a collection or folder, where types say it.
func ProtocolOf(kind string) string {
	protocol, isRequest := strings.CutSuffix(kind, "-request")
	if !isRequest {
		return ""
	}
	return protocol
}
