-- wrk sends 16 requests at a time on each connection.
local requests

init = function(args)
	requests = string.rep(wrk.format('GET'), 16)
end

request = function()
	return requests
end
