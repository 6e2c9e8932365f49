package vipps

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// The Report API. The ledger of the one sales unit shows what was captured and
// refunded in the simulator, without fees.

const ledgerID = "302321"

func (s *Server) reportRoutes() []route {
	d := door{token: true, report: true}
	const ledger = "/report/v2/ledgers/{ledgerId}/{topic}"
	return []route{
		{"report.ledgers", http.MethodGet, "/settlement/v1/ledgers", d, limit{}, s.ledgers},
		{"report.date", http.MethodGet, ledger + "/dates/{date}", d, limit{}, s.onLedger(s.reportByDate)},
		{"report.feed", http.MethodGet, ledger + "/feed", d, limit{}, s.onLedger(s.reportFeed)},
		{"report.v1", http.MethodGet, "/report/v1/ledgertransactions", d, limit{}, s.reportGone},
	}
}

func (s *Server) ledgers(c *call) reply {
	handle := "api:" + s.keys.MerchantSerialNumber
	items := []map[string]any{}
	if want := c.query.Get("settlesForRecipientHandles"); want == "" || want == handle {
		items = append(items, map[string]any{
			"ledgerId": ledgerID, "currency": "NOK",
			"payoutBankAccount":          map[string]string{"scheme": "BBAN:NO", "id": "86011117947"},
			"owner":                      map[string]string{"scheme": "business:NO:ORG", "id": simulatedOrg},
			"settlesForRecipientHandles": []string{handle},
		})
	}
	return jsonReply(200, mimeJSON, map[string]any{"cursor": "", "items": items})
}

func (s *Server) onLedger(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if c.params["ledgerId"] != ledgerID || c.params["topic"] != "funds" && c.params["topic"] != "fees" {
			return reportProblem(c, "These keys do not see this ledger.")
		}
		return serve(c)
	}
}

func (s *Server) reportByDate(c *call) reply {
	day, err := time.Parse(time.DateOnly, c.params["date"])
	if err != nil || !day.AddDate(0, 0, 1).Before(c.now) {
		return reply{status: http.StatusNotFound} // the day is not over yet
	}
	items := s.movements(c, func(t time.Time) bool { return t.Format(time.DateOnly) == c.params["date"] })
	return jsonReply(200, mimeJSON, map[string]any{"hasMore": false, "items": items})
}

func (s *Server) reportFeed(c *call) reply {
	items := s.movements(c, func(time.Time) bool { return true })
	seen, err := strconv.Atoi(c.query.Get("cursor"))
	if err != nil || seen < 0 {
		seen = 0
	}
	cursor := strconv.Itoa(len(items)) // how many the caller has had; it always has a value here
	return jsonReply(200, mimeJSON, map[string]any{
		"cursor": cursor, "items": items[min(seen, len(items)):], "tryLater": seen >= len(items),
	})
}

// A movement is money that came or went.
type movement struct {
	PSP       string `json:"pspReference"`
	Time      string `json:"time"`
	Date      string `json:"ledgerDate"`
	Type      string `json:"entryType"`
	Reference string `json:"reference"`
	Currency  string `json:"currency"`
	Amount    int64  `json:"amount"`
	at        time.Time
}

// movements lists the captures and refunds of some moments, oldest first.
func (s *Server) movements(c *call, in func(time.Time) bool) []movement {
	items := []movement{}
	add := func(kind, psp, reference, currency string, amount int64, t time.Time) {
		if in(t) && c.params["topic"] == "funds" {
			items = append(items, movement{psp, at(t), t.Format(time.DateOnly), kind, reference, currency, amount, t})
		}
	}
	for _, o := range s.orders {
		for _, e := range o.history {
			switch e.op {
			case opCapture:
				add("capture", e.id, o.id, "NOK", e.amount, e.at)
			case opRefund:
				add("refund", e.id, o.id, "NOK", -e.amount, e.at)
			case opInitiate, opReserve, opCancel, opVoid: // no money moves
			}
		}
	}
	for _, p := range s.payments {
		for _, e := range p.events {
			switch e.name {
			case "CAPTURED":
				add("capture", e.psp, p.reference, p.currency, e.amount, e.at)
			case "REFUNDED":
				add("refund", e.psp, p.reference, p.currency, -e.amount, e.at)
			}
		}
	}
	slices.SortFunc(items, func(a, b movement) int { return a.at.Compare(b.at) })
	return items
}

// reportGone stands for v1, which Vipps has switched off.
func (s *Server) reportGone(c *call) reply {
	return reportProblem(c, "Version 1 of the Report API is gone. Use /report/v2/ledgers.")
}

// reportProblem is what the file calls the default problem response.
func reportProblem(c *call, detail string) reply {
	r := plainProblem(c, http.StatusNotFound, "Not Found", detail)
	r.mime = mimeProblem
	return r
}
