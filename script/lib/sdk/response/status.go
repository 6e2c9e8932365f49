package response

import (
	"github.com/dop251/goja"

	"posthaste/internal/status"
	"posthaste/script/jsvalue"
)

// standardReason is the text that the SDK gives a status code, "" for codes it does not know.
func standardReason(code goja.Value) string {
	if jsvalue.IsNullish(code) {
		return ""
	}
	return status.Reason(int(code.ToInteger()))
}

// standardDetail says in a sentence what a class of status codes means. The SDK has a paragraph for each.
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
