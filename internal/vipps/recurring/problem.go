package recurring

import (
	"net/http"
	"strings"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

// A problem is a refusal by the Recurring API v3 (RFC 9457). Its id names an entry of Vipps'
// published list of problems. A nil *problem says that all is well.
type problem struct {
	id     string
	status int
	detail string
	fields []fieldText
}

// A fieldText says what is wrong with a field; the text completes a sentence that begins with
// the field's name.
type fieldText struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// problemList is the page that explains the problems; an id is an anchor in it.
const problemList = "https://developer.vippsmobilepay.com/docs/APIs/recurring-api/recurring-api-problems#"

// refuse answers with the problem document of version 3; its type is the address of a page that explains it.
func (s *Service) refuse(c *core.Call, prob problem) response.Response {
	return response.JSON(prob.status, struct {
		Type     string      `json:"type"`
		Title    string      `json:"title"`
		Status   int         `json:"status"`
		Detail   string      `json:"detail"`
		Instance string      `json:"instance"`
		Context  string      `json:"contextId"`
		Extra    []fieldText `json:"extraDetails,omitempty"`
	}{
		problemList + prob.id, http.StatusText(prob.status), prob.status, prob.detail,
		strings.TrimPrefix(c.Path, "/recurring"), s.core.GUID(), prob.fields, // the path without the API's name, as Vipps writes it
	})
}

// ruleProblem is a rule of the state machine that was broken.
func ruleProblem(id, detail string) *problem { return &problem{id: id, status: 400, detail: detail} }

// notFound is a missing Agreement or Charge; what begins the sentence.
func notFound(what string) *problem {
	return &problem{id: "resource-not-found", status: 404, detail: what + " not found"}
}

// invalidField is one field that does not validate. text completes the sentence, such as
// "must not be empty".
func invalidField(field, text string) *problem {
	return &problem{
		id: "validation-error", status: 400, detail: "Input validation failed",
		fields: []fieldText{{field, text}},
	}
}

// invalidJSON is a body that is no object, or no JSON at all.
func invalidJSON() *problem {
	return &problem{id: "invalid-json", status: 400, detail: "The body is not a JSON object"}
}
