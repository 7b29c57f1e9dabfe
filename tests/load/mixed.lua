-- For wrk: sends the visitors' Cookie headers in turn. They are the script's arguments.

local requests = {}
local turn = 0

function init(visitors)
  for number, cookies in ipairs(visitors) do
    requests[number] = wrk.format("GET", nil, { Cookie = cookies })
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
