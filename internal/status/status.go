// Package status knows the reasons that newman gives to status codes whose answer had none.
package status

import "net/http"

// Reason is the text that newman's SDK gives a status code, "" for codes it does not know. It differs
// from the registered one in places that messages show.
func Reason(code int) string {
	if usual(code) {
		return http.StatusText(code)
	}
	if reason, ok := ownReasons()[code]; ok {
		return reason
	}
	return http.StatusText(code)
}

// usual reports whether a code is one of those that are met all the time. Their reasons are those
// of net/http, and the table is made only for others.
func usual(code int) bool {
	switch code {
	case 200, 201, 202, 204, 301, 302, 304, 400, 401, 403, 404, 405, 409, 429, 500, 502, 503, 504:
		return true
	}
	return false
}

// ownReasons are the reasons that are not those of net/http.
func ownReasons() map[int]string {
	return map[int]string{
		102: "Processing (WebDAV) (RFC 2518)", 103: "Checkpoint", 122: "Request-URI too long",
		203: "Non-Authoritative Information (since HTTP/1.1)", 207: "Multi-Status (WebDAV) (RFC 4918)",
		208: "Already Reported (WebDAV) (RFC 5842)", 226: "IM Used (RFC 3229)",
		305: "Use Proxy (since HTTP/1.1)", 306: "Switch Proxy", 307: "Temporary Redirect (since HTTP/1.1)",
		308: "Resume Incomplete", 413: "Request Entity Too Large", 414: "Request-URI Too Long",
		416: "Requested Range Not Satisfiable", 418: "I'm a teapot (RFC 2324)", 421: "",
		422: "Unprocessable Entity (WebDAV) (RFC 4918)", 423: "Locked (WebDAV) (RFC 4918)",
		424: "Failed Dependency (WebDAV) (RFC 4918)", 425: "Unordered Collection (RFC 3648)",
		426: "Upgrade Required (RFC 2817)", 444: "No Response", 449: "Retry With",
		450: "Blocked by Windows Parental Controls", 451: "", 499: "Client Closed Request",
		506: "Variant Also Negotiates (RFC 2295)", 507: "Insufficient Storage (WebDAV) (RFC 4918)",
		508: "Loop Detected (WebDAV) (RFC 5842)", 509: "Bandwidth Limit Exceeded (Apache bw/limited extension)",
		510: "Not Extended (RFC 2774)", 511: "Network Authentication Required",
		598: "Network read timeout error", 599: "Network connect timeout error[23]",
	}
}
