// Package report is the Report API. The ledger of the one sales unit shows what was
// captured and refunded in the simulator, without fees.
package report

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/response"
)

const ledgerID = "302321"

// A Service is the Report API of one simulator. It has no state of its own.
type Service struct {
	core    *core.Server
	sources []Source
}

// A Source is an API that moves money.
type Source interface {
	Transfers() []core.Transfer
}

// New returns the API of a server. Its ledger shows the transfers of the sources.
func New(server *core.Server, sources ...Source) *Service { return &Service{server, sources} }

// Reset does nothing: the sources hold the transfers.
func (s *Service) Reset() {}

// Routes are the operations of the Report API.
func (s *Service) Routes() []core.Route {
	refuseToken := func(*core.Call) response.Response {
		return response.JSON(401, map[string]string{"code": "Unauthorized", "message": "Please check your API keys"})
	}
	d := core.Access{Token: true, RefuseToken: refuseToken}
	const ledger = "/report/v2/ledgers/{ledgerId}/{topic}"
	return []core.Route{
		d.Route("report.ledgers", http.MethodGet, "/settlement/v1/ledgers", core.Limit{}, s.ledgers),
		d.Route("report.date", http.MethodGet, ledger+"/dates/{date}", core.Limit{}, s.onLedger(s.reportByDate)),
		d.Route("report.feed", http.MethodGet, ledger+"/feed", core.Limit{}, s.onLedger(s.reportFeed)),
		d.Route("report.v1", http.MethodGet, "/report/v1/ledgertransactions", core.Limit{}, s.reportGone),
	}
}

func (s *Service) ledgers(c *core.Call) response.Response {
	handle := "api:" + s.core.Keys().MerchantSerialNumber
	items := []map[string]any{}
	if want := c.Query.Get("settlesForRecipientHandles"); want == "" || want == handle {
		items = append(items, map[string]any{
			"ledgerId": ledgerID, "currency": "NOK",
			"payoutBankAccount":          map[string]string{"scheme": "BBAN:NO", "id": "86011117947"},
			"owner":                      map[string]string{"scheme": "business:NO:ORG", "id": core.Organisation},
			"settlesForRecipientHandles": []string{handle},
		})
	}
	return response.JSON(200, map[string]any{"cursor": "", "items": items})
}

func (s *Service) onLedger(serve func(*core.Call) response.Response) func(*core.Call) response.Response {
	return func(c *core.Call) response.Response {
		if c.Params["ledgerId"] != ledgerID || c.Params["topic"] != "funds" && c.Params["topic"] != "fees" {
			return problem(c, "These keys do not see this ledger.")
		}
		return serve(c)
	}
}

// reportByDate has nothing of a day before the day is over.
func (s *Service) reportByDate(c *core.Call) response.Response {
	day, err := time.Parse(time.DateOnly, c.Params["date"])
	if err != nil || !day.AddDate(0, 0, 1).Before(c.Now) {
		return response.Empty(http.StatusNotFound) // the day is not over yet
	}
	items := s.entries(c, func(t time.Time) bool { return t.Format(time.DateOnly) == c.Params["date"] })
	return response.JSON(200, map[string]any{"hasMore": false, "items": items})
}

// reportFeed gives what is new since the cursor. The cursor counts entries, so it stays valid while more come.
func (s *Service) reportFeed(c *core.Call) response.Response {
	items := s.entries(c, func(time.Time) bool { return true })
	seen, err := strconv.Atoi(c.Query.Get("cursor"))
	if err != nil || seen < 0 {
		seen = 0
	}
	cursor := strconv.Itoa(len(items)) // how many the caller has had; it always has a value here
	return response.JSON(200, map[string]any{
		"cursor": cursor, "items": items[min(seen, len(items)):], "tryLater": seen >= len(items),
	})
}

// A entry is money that came or went.
type entry struct {
	PSP       string `json:"pspReference"`
	Time      string `json:"time"`
	Date      string `json:"ledgerDate"`
	Type      string `json:"entryType"`
	Reference string `json:"reference"`
	Currency  string `json:"currency"`
	Amount    int64  `json:"amount"`
	at        time.Time
}

// entries lists the captures and refunds of some moments, oldest first.
func (s *Service) entries(c *core.Call, in func(time.Time) bool) []entry {
	items := []entry{}
	if c.Params["topic"] != "funds" {
		return items
	}
	for _, source := range s.sources {
		for _, tr := range source.Transfers() {
			if in(tr.At) {
				items = append(items, entry{
					tr.PSP, core.Timestamp(tr.At), tr.At.Format(time.DateOnly), tr.Kind, tr.Reference, tr.Currency, tr.Amount, tr.At,
				})
			}
		}
	}
	slices.SortFunc(items, func(a, b entry) int { return a.at.Compare(b.at) })
	return items
}

// reportGone stands for v1, which Vipps has switched off.
func (s *Service) reportGone(c *core.Call) response.Response {
	return problem(c, "Version 1 of the Report API is gone. Use /report/v2/ledgers.")
}

// problem is what the file calls the default problem response.
func problem(c *core.Call, detail string) response.Response {
	r := core.PlainProblem(c, http.StatusNotFound, "Not Found", detail)
	r.Type = response.MIMEProblem
	return r
}
