"""Labels of forms: the words before a colon that say who answers, until when, what for and how. 责任单位：…  整改时限：…  整改目标：…

Patterns as text, without the colon, for those who read forms: cards, brackets, lines under a task.
"""

UNIT = r"(?:单位|部门|主体|[科股处]室|站所)"
LEADS = r"(?:总)?牵头(?:责任)?|主办|主责|第一责任|承办"
HELPS = "配合|协办|协同|协助|参与|参加|支持"
WATCHES = "考核|监督|督办|督导|验收|销号"
"""Who looks after it; answers for nothing."""
LEADERS = r"(?:责任|牵头|分管|联系|包案|包联)(?:市|县|区|省)?(?:级)?领导|(?:项目|具体|直接)?责任人"
WHO = rf"(?:整改)?(?:{LEADS}|{HELPS}|(?:主要|整改)?责任|负责|落实|实施|完成|整改)(?:市|县|区)?{UNIT}|(?:整改)?(?:{WATCHES})(?:单位|部门)|(?:整改)?(?:{LEADERS})"
DUE = "(?:整改|完成|办结|办理)(?:时限|期限|时间)|(?:实施|建设|整治|起止)时间"
WHEN = f"{DUE}|时限|期限|时间"
GOAL = "(?:整改|工作|任务|主要)?目标|(?:验收|销号)标准"
HOW = "(?:整改|工作|主要|具体|推进|落实)?(?:措施|举措)|(?:整改|工作|主要)?任务|(?:主要|工作|建设|整改)内容|(?:办理|督办|交办)(?:要求|意见)"
WHAT = "(?:督办|交办|办理|反映)(?:事项|问题|内容)|(?:主要)?诉求(?:内容)?|问题描述"
ENDS = "位门体室所导人限间标准施措务容求见项题述"
"""The last characters of labels."""
