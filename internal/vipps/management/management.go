// Package management is the APIs about merchants and sales units: Management, which
// Vipps has in production only, Partner, which Management replaced, and PSP signup.
package management

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/input"
	"posthaste/internal/vipps/response"
)

const orgScheme = "business:NO:ORG"

// A Service is the management APIs of one simulator.
type Service struct {
	core  *core.Server
	units []*salesUnit // the one that the keys are for comes first
}

// New returns the APIs of a server.
func New(server *core.Server) *Service {
	s := &Service{core: server}
	s.Reset()
	return s
}

// Reset forgets all sales units but the first.
func (s *Service) Reset() { s.units = []*salesUnit{firstSalesUnit(s.core.Keys())} }

// Routes are the operations of the three APIs.
func (s *Service) Routes() []core.Route {
	d := core.Access{Key: true, Token: true}
	return slices.Concat(s.signupRoutes(d), s.managementRoutes(d), s.partnerRoutes(d))
}

func (s *Service) managementRoutes(d core.Access) []core.Route {
	const base, merchant = "/management/v1", "/management/v1/merchants/{scheme}/{id}"
	return []core.Route{
		d.Route("management.merchants", http.MethodGet, base+"/merchants", core.Limit{}, s.managedMerchants),
		d.Route("management.merchant", http.MethodGet, merchant, core.Limit{}, s.onManaged(s.managedMerchant)),
		d.Route("management.units", http.MethodGet, merchant+"/sales-units", core.Limit{}, s.onManaged(s.managedUnits)),
		d.Route("management.allunits", http.MethodGet, base+"/sales-units", core.Limit{}, s.managedUnits),
		d.Route("management.unit", http.MethodGet, base+"/sales-units/{msn}", core.Limit{}, s.managedUnit),
	}
}

func (s *Service) problem(c *core.Call, status int, detail string) response.Response {
	r := core.PlainProblem(c, status, http.StatusText(status), detail)
	r.Type = response.MIMEProblem
	return r
}

// onManaged lets only the simulated company be seen, as with keys of one merchant.
func (s *Service) onManaged(serve func(*core.Call) response.Response) func(*core.Call) response.Response {
	return func(c *core.Call) response.Response {
		if !strings.EqualFold(c.Params["scheme"], orgScheme) || c.Params["id"] != core.Organisation {
			return s.problem(c, 404, "These keys do not see this merchant.")
		}
		return serve(c)
	}
}

func managed() map[string]any {
	return map[string]any{
		"businessIdentifier": map[string]string{"scheme": orgScheme, "id": core.Organisation},
		"name":               "Simulated company AS", "status": "ACTIVE", "countryCode": "NO",
		"createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z",
	}
}

func (s *Service) managedMerchants(*core.Call) response.Response {
	return response.JSON(200, map[string]any{"merchants": []any{managed()}})
}

func (s *Service) managedMerchant(*core.Call) response.Response { return response.JSON(200, managed()) }

func (s *Service) managedUnits(*core.Call) response.Response {
	return response.JSON(200, []map[string]string{{"msn": s.core.Keys().MerchantSerialNumber, "name": s.units[0].Name}})
}

func (s *Service) managedUnit(c *core.Call) response.Response {
	switch msn := c.Params["msn"]; {
	case !input.IsDigits(msn, 5, 6):
		return s.problem(c, 400, strconv.Quote(msn)+" is no merchant serial number.")
	case msn != s.core.Keys().MerchantSerialNumber:
		return s.problem(c, 404, "These keys do not see this sales unit.")
	}
	return response.JSON(200, map[string]any{
		"msn": s.core.Keys().MerchantSerialNumber, "name": s.units[0].Name,
		"businessIdentifier": map[string]string{"scheme": orgScheme, "id": core.Organisation},
		"configuration": map[string]any{
			"paymentAllowed": true, "captureType": "ReserveCapture", "skipLandingPageAllowed": false, "recurringAllowed": true,
		},
	})
}
