"""What chat programs ask on their own is told from what a person says."""

from __future__ import annotations

import json

import pytest

from penchant.tools.http.client_prompts import ChatTurn, client_task, is_task, person_said

from .chat_programs import LATER_PROMPTS, LATER_WISHES, PERSONAS, PROMPTS, WISHES, alone, asked, told

HISTORY = "<chat_history>\nUSER: a slow drama about the sea, please\nASSISTANT: Here are five.\n</chat_history>"
TITLE = f"""### Task:
Generate a concise, 3-5 word title with an emoji summarizing the chat history.
### Guidelines:
- The title should clearly represent the main theme or subject of the conversation.
### Output:
JSON format: {{ "title": "your concise title here" }}
### Examples:
- {{ "title": "📉 Stock Market Trends" }},
### Chat History:
{HISTORY}"""
TAGS = f"""### Task:
Generate 1-3 broad tags categorizing the main themes of the chat history, along with 1-3 more specific subtopic tags.

### Guidelines:
- Start with high-level domains (e.g. Science, Arts, Entertainment)
- If content is too short (less than 3 messages) or too diverse, use only ["General"]

### Output:
JSON format: {{ "tags": ["tag1", "tag2", "tag3"] }}

### Chat History:
{HISTORY}"""
FOLLOW_UPS = f"""### Task:
Suggest 3-5 relevant follow-up questions or prompts that the user might naturally ask next in this conversation.
### Output:
JSON format: {{ "follow_ups": ["Question 1?", "Question 2?", "Question 3?"] }}
### Chat History:
{HISTORY}"""
QUERIES = f"""### Task:
Analyze the chat history to determine the necessity of generating search queries, in the given language.
### Output:
Strictly return in JSON format: {{ "queries": ["query1", "query2"] }}
### Chat History:
{HISTORY}"""
OTHERS = {
    "LibreChat, structured": "Analyze this conversation and provide:\n1. The detected language of the conversation\n"
    "2. A concise title in the detected language (5 words or less, no punctuation or quotation)\n\nUser: a drama",
    "LibreChat, completion": "Provide a concise, 5-word-or-less title for the conversation, using title case "
    "conventions. Only return the title itself.\n\nConversation:\na slow drama about the sea",
    "LibreChat, assistants": "Please generate a concise title (max 40 characters) for a conversation that starts "
    "with:\nUser: a drama\nAssistant: Here are five.\n\nTitle:",
    "NextChat": "Please generate a four to five word title summarizing our conversation without any lead-in, "
    "punctuation, quotation marks, periods, symbols, bold text, or additional text.",
    "NextChat, Chinese": "使用四到五个字直接返回这句话的简要主题，不要解释、不要标点，如果没有主题，请直接返回“闲聊”",
    "NextChat, summary": "Summarize the discussion briefly in 200 words or less to use as a prompt for future context.",
    "Chatbox": "Based on the chat history, give this conversation a name.\nKeep it short - 10 characters max.",
    "other": "Write a short title for this chat in 5 words or less. Reply with the title only.",
}


@pytest.mark.parametrize("text", [TITLE, TAGS, FOLLOW_UPS, QUERIES, *OTHERS.values()])
def test_the_prompts_of_chat_programs_are_known(text: str) -> None:
    assert is_task(text) and is_task(f"\n  {text}")
    assert client_task([ChatTurn("user", "a drama"), ChatTurn("assistant", "Here."), ChatTurn("user", text)])


@pytest.mark.parametrize(
    "text",
    [
        "a drama",
        "Give me a film like The Conversation",
        "something with long conversations, in fewer than 100 minutes",
        "the title is on the tip of my tongue: a man overhears a conversation",
        "what is the name of the film about a chat room? keep it short",
        "books about summaries and titles, concise ones",
        "suggest follow-up novels to Dune",
        "films whose title has one word",
        "a task: find me a comedy",
        "推荐一部电影，标题要短",
        "JSON for beginners, a concise book",
        "",
    ],
)
def test_people_are_not_taken_for_chat_programs(text: str) -> None:
    assert client_task([ChatTurn("user", text)]) is None


@pytest.mark.parametrize("name", [*PROMPTS, *LATER_PROMPTS])
def test_prompts_in_the_styles_of_many_programs_are_known_by_their_form(name: str) -> None:
    assert client_task((PROMPTS | LATER_PROMPTS)[name])


@pytest.mark.parametrize("wish", [*WISHES, *LATER_WISHES])
def test_a_wish_that_looks_a_little_like_a_prompt_is_a_wish(wish: str) -> None:
    """Also where a system message says how the person is to be answered."""
    for chat in (alone(wish), asked(wish), *(told(persona, wish) for persona in PERSONAS)):
        assert client_task(chat) is None


def test_a_title_is_what_the_person_said_first() -> None:
    task = client_task([ChatTurn("user", TITLE)])
    assert task and json.loads(task.answer()) == {"title": "A slow drama about the sea"}
    task = client_task([ChatTurn("user", OTHERS["LibreChat, completion"])])
    assert task and task.answer() == "A slow drama about the sea"
    task = client_task(
        [ChatTurn("user", "jazz?"), ChatTurn("assistant", "Here."), ChatTurn("user", OTHERS["NextChat"])]
    )
    assert task and task.answer() == "Jazz"
    task = client_task([ChatTurn("user", OTHERS["other"])])
    assert task and task.answer() == "Recommendations"


def test_answers_are_in_the_form_asked_for() -> None:
    forms = {TAGS: {"tags": ["Drama"]}, FOLLOW_UPS: {"follow_ups": []}, QUERIES: {"queries": []}}
    for text, expected in forms.items():
        task = client_task([ChatTurn("user", text)])
        assert task and json.loads(task.answer(["Drama"])) == expected


def test_a_task_may_be_told_in_the_system_message() -> None:
    told = ChatTurn("system", "Summarize the user's conversation into a title within 10 words. No punctuation.")
    task = client_task([told, ChatTurn("user", '[{"role": "user", "content": "a drama"}]')])
    assert task and task.kind == "title"
    chat = [ChatTurn("system", "You are a kind friend."), ChatTurn("user", "a drama")]
    assert client_task(chat) is None


def test_documents_around_a_question_are_left_out() -> None:
    task = "### Task:\nRespond to the user query using the provided context.\n<context>\nHorror films!\n</context>\n"
    assert not is_task(f"{task}<user_query>a drama</user_query>")
    assert person_said(f"{task}<user_query>\na drama\n</user_query>") == "a drama"
    assert not is_task(f"{task}\na drama") and person_said(f"{task}\na drama") == "a drama"
    assert person_said(" a drama ") == "a drama"


@pytest.mark.parametrize(
    "text",
    [
        "<chat_history>",
        "<query>",
        "### task ",
        "\n",
        "user:",
        "user: a \n\t",
        "# task\n<context> ",
        "a title for of in ",
    ],
)
def test_a_text_of_any_form_is_read_in_one_go(text: str) -> None:
    """As large as a request may be; what looks back for each of its beginnings would be at it for an hour."""
    large = text * (2_000_000 // len(text))
    assert person_said(large) == large.strip() or large.startswith("# task")
    client_task([ChatTurn("user", large), ChatTurn("user", f"{large}{TITLE}"), ChatTurn("user", f"{TITLE}{large}")])
