package vipps

import (
	"net/http"
	"strconv"
	"strings"
)

// The Management API. Vipps has it in production only; the simulator shows its one
// merchant.

const orgScheme = "business:NO:ORG"

func (s *Server) managementRoutes() []route {
	d := door{key: true, token: true}
	const base, merchant = "/management/v1", "/management/v1/merchants/{scheme}/{id}"
	return []route{
		{"management.merchants", http.MethodGet, base + "/merchants", d, limit{}, s.managedMerchants},
		{"management.merchant", http.MethodGet, merchant, d, limit{}, s.onManaged(s.managedMerchant)},
		{"management.units", http.MethodGet, merchant + "/sales-units", d, limit{}, s.onManaged(s.managedUnits)},
		{"management.allunits", http.MethodGet, base + "/sales-units", d, limit{}, s.managedUnits},
		{"management.unit", http.MethodGet, base + "/sales-units/{msn}", d, limit{}, s.managedUnit},
	}
}

func (s *Server) managementProblem(c *call, status int, detail string) reply {
	r := plainProblem(c, status, http.StatusText(status), detail)
	r.mime = mimeProblem
	return r
}

func (s *Server) onManaged(serve func(*call) reply) func(*call) reply {
	return func(c *call) reply {
		if !strings.EqualFold(c.params["scheme"], orgScheme) || c.params["id"] != simulatedOrg {
			return s.managementProblem(c, 404, "These keys do not see this merchant.")
		}
		return serve(c)
	}
}

func managed() map[string]any {
	return map[string]any{
		"businessIdentifier": map[string]string{"scheme": orgScheme, "id": simulatedOrg},
		"name":               "Simulated company AS", "status": "ACTIVE", "countryCode": "NO",
		"createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z",
	}
}

func (s *Server) managedMerchants(*call) reply {
	return jsonReply(200, mimeJSON, map[string]any{"merchants": []any{managed()}})
}

func (s *Server) managedMerchant(*call) reply { return jsonReply(200, mimeJSON, managed()) }

func (s *Server) managedUnits(*call) reply {
	return jsonReply(200, mimeJSON, []map[string]string{{"msn": s.keys.MerchantSerialNumber, "name": s.units[0].Name}})
}

func (s *Server) managedUnit(c *call) reply {
	switch msn := c.params["msn"]; {
	case !isDigits(msn, 5, 6):
		return s.managementProblem(c, 400, strconv.Quote(msn)+" is no merchant serial number.")
	case msn != s.keys.MerchantSerialNumber:
		return s.managementProblem(c, 404, "These keys do not see this sales unit.")
	}
	return jsonReply(200, mimeJSON, map[string]any{
		"msn": s.keys.MerchantSerialNumber, "name": s.units[0].Name,
		"businessIdentifier": map[string]string{"scheme": orgScheme, "id": simulatedOrg},
		"configuration": map[string]any{
			"paymentAllowed": true, "captureType": "ReserveCapture", "skipLandingPageAllowed": false, "recurringAllowed": true,
		},
	})
}
