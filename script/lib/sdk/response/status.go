package response

import (
	"github.com/dop251/goja"

	"posthaste/internal/status"
	"posthaste/script/jsvalue"
)

// standardReason is the text that the SDK gives a status code, "" for codes it does not know.
// code may be any value; text such as "404" is read as a number.
func standardReason(code goja.Value) string {
	if jsvalue.IsNullish(code) {
		return ""
	}
	return status.Reason(int(code.ToInteger()))
}

// standardDetail says in a sentence what a class of status codes means, "" outside of 100 to
// 599. The SDK has a paragraph for each code; those texts are not ours to copy, and no script
// compares them.
func standardDetail(code int) string {
	switch code / 100 {
	case 1:
		return "The server has more to say; this answer is not the last."
	case 2:
		return "The request was understood and carried out."
	case 3:
		return "Something more has to be done to complete the request."
	case 4:
		return "The server will not carry out the request as it was sent."
	case 5:
		return "The server could not carry out a request that may be right."
	}
	return ""
}
