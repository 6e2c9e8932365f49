package vipps

import (
	"net/http"
	"strings"
)

// A hitch is a refusal by the Recurring API v3. Its id names an entry of Vipps'
// published list of problems.
type hitch struct {
	id     string
	status int
	detail string
	fields []fieldText
}

type fieldText struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

const problemList = "https://developer.vippsmobilepay.com/docs/APIs/recurring-api/recurring-api-problems#"

func (s *Server) hitchReply(c *call, h hitch) reply {
	return jsonReply(h.status, mimeJSON, struct {
		Type     string      `json:"type"`
		Title    string      `json:"title"`
		Status   int         `json:"status"`
		Detail   string      `json:"detail"`
		Instance string      `json:"instance"`
		Context  string      `json:"contextId"`
		Extra    []fieldText `json:"extraDetails,omitempty"`
	}{
		problemList + h.id, http.StatusText(h.status), h.status, h.detail,
		strings.TrimPrefix(c.path, "/recurring"), s.guid(), h.fields,
	})
}

// refusal is a rule of the state machine that was broken.
func refusal(id, detail string) *hitch { return &hitch{id: id, status: 400, detail: detail} }

func notThere(what string) *hitch {
	return &hitch{id: "resource-not-found", status: 404, detail: what + " not found"}
}

// faulty is one field that does not validate.
func faulty(field, text string) *hitch {
	return &hitch{
		id: "validation-error", status: 400, detail: "Input validation failed",
		fields: []fieldText{{field, text}},
	}
}

func badJSON() *hitch {
	return &hitch{id: "invalid-json", status: 400, detail: "The body is not a JSON object"}
}
