package run_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"posthaste/run"
	"posthaste/runner/event"
)

// The API that the examples run against.
func orders() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("client_secret") != "the-secret-of-the-client" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "1", Path: "/"})
		fmt.Fprint(w, `{"access_token": "eyJhbGciOi-token-of-the-run"}`)
	})
	mux.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) {
		var order struct {
			ID      string `json:"id"`
			Article string `json:"article"`
		}
		if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		order.ID = "order-1"
		_ = json.NewEncoder(w).Encode(order)
	})
	mux.Handle("GET /old/{id}", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/orders/"+r.PathValue("id"), http.StatusFound)
	}))
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"id": %q, "seen": %q}`, r.PathValue("id"), r.Header.Get("Cookie"))
	})
	return mux
}

// A collection is run against a handler: no port is opened.
func ExampleFile() {
	result, err := run.File(context.Background(), "testdata/orders.postman_collection.json", run.Options{
		Environment: "testdata/production.postman_environment.json",
		Transport:   run.Handler(orders()),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	id, _ := result.Value("order")
	fmt.Println(result.Passed(), result.Summary.Requests.Total, "requests,", result.Summary.Assertions.Total, "assertions, order", id)
	// Output: true 3 requests, 4 assertions, order order-1
}

// A collection is run against a server; here one of net/http/httptest.
func ExampleFile_server() {
	server := httptest.NewServer(orders())
	defer server.Close()
	result, err := run.File(context.Background(), "testdata/orders.postman_collection.json", run.Options{
		Environment: "testdata/production.postman_environment.json",
		Variables:   map[string]string{"base_url": server.URL},
		Data:        "testdata/articles.csv",
	})
	if err == nil {
		err = result.Err()
	}
	fmt.Println(err)
	// Output: <nil>
}

// Events tell of a run as it goes on. Secrets in them are masked.
func ExampleOptions_events() {
	_, err := run.File(context.Background(), "testdata/orders.postman_collection.json", run.Options{
		Environment: "testdata/production.postman_environment.json",
		Transport:   run.Handler(orders()),
		Events: func(e event.Masked) error {
			switch e := e.Event().(type) {
			case event.Assertion:
				fmt.Println("assertion:", e.Name)
			case event.Console:
				fmt.Println("console:", e.Args)
			}
			return nil
		},
	})
	fmt.Println(err)
	// Output:
	// assertion: a token comes
	// assertion: the order is there
	// console: ['token' '******']
	// assertion: the redirect was followed
	// assertion: the cookie came along
	// <nil>
}

// A report is written to whatever takes bytes.
func ExampleReport() {
	result, err := run.File(context.Background(), "testdata/orders.postman_collection.json", run.Options{
		Environment: "testdata/production.postman_environment.json",
		Variables:   map[string]string{"client_secret": "another"},
		Folders:     []string{"Auth"},
		Transport:   run.Handler(orders()),
		Reports:     []run.Report{{Name: "tap", Out: os.Stdout}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.ExitCode(), result.Err())
}
